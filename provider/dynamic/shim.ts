/**
 * The text that Pulumi keeps in state as the provider of every connector: it loads today's code and captures nothing.
 *
 * `exports.handler = () => provider` is the form in which Pulumi's Node SDK stores dynamic providers (undocumented; pinned by a test).
 * The module that it names must stay loadable for ever, because old stacks name it.
 */
export const shim = 'exports.handler=()=>require("pulumi-dataspace/dynamic-runtime")';

/**
 * The same for a project that reaches this package only through another one, such as a library of components: Pulumi's
 * process resolves from the project's folder, where pnpm, say, keeps only what the project itself depends on. It looks in
 * the project, then in what that depends on, nearest first, and names no path of a machine: docs/decisions/0031.
 */
export const searchingShim =
  'exports.handler=()=>{const{createRequire:c}=require("module"),{dirname:u}=require("path"),' +
  '{readFileSync:f,realpathSync:l}=require("fs"),n="pulumi-dataspace",w=process.cwd(),q=new Set;' +
  "for(let d=w,b;b!==d;d=u(d))q.add(b=d);" +
  'for(const d of q){const r=c(d+"/_");let m,j={};' +
  'try{m=r.resolve(n+"/dynamic-runtime")}catch{}if(m)return r(m);' +
  'try{j=JSON.parse(f(d+"/package.json","utf8"))}catch{}' +
  "for(const k in{...j.dependencies,...j.devDependencies,...j.optionalDependencies,...j.peerDependencies})" +
  'for(const b of r.resolve.paths(k)||[])try{q.add(l(b+"/"+k));break}catch{}}' +
  "throw Object.assign(Error(`Could not find the package ${n}: neither the project in ${w} nor anything that it " +
  'depends on has it.\\nNext: Add ${n} to the project\'s dependencies, such as with: npm install ${n}`),{stack:""})}';
