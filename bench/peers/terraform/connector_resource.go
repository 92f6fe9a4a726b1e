package main

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// limit is the longest that one operation may take.
const limit = 15 * time.Minute

type connectorResource struct{ *session }

type connectorModel struct {
	ID          types.String   `tfsdk:"id"`
	Name        types.String   `tfsdk:"name"`
	AmazonS3    *amazonS3Model `tfsdk:"amazon_s3"`
	Status      types.String   `tfsdk:"status"`
	BPN         types.String   `tfsdk:"bpn"`
	StorageType types.String   `tfsdk:"storage_type"`
}

type amazonS3Model struct {
	BucketName           types.String `tfsdk:"bucket_name"`
	Region               types.String `tfsdk:"region"`
	EndpointOverride     types.String `tfsdk:"endpoint_override"`
	AccessKeyIDRead      types.String `tfsdk:"access_key_id_read"`
	SecretAccessKeyRead  types.String `tfsdk:"secret_access_key_read"`
	AccessKeyIDWrite     types.String `tfsdk:"access_key_id_write"`
	SecretAccessKeyWrite types.String `tfsdk:"secret_access_key_write"`
}

var (
	_ resource.ResourceWithConfigure   = &connectorResource{}
	_ resource.ResourceWithImportState = &connectorResource{}
)

func newConnectorResource() resource.Resource { return &connectorResource{} }

func (*connectorResource) Metadata(_ context.Context, request resource.MetadataRequest, response *resource.MetadataResponse) {
	response.TypeName = request.ProviderTypeName + "_connector"
}

func (r *connectorResource) Configure(_ context.Context, request resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	if shared, ok := request.ProviderData.(*session); ok {
		r.session = shared
	}
}

func (r *connectorResource) Create(ctx context.Context, request resource.CreateRequest, response *resource.CreateResponse) {
	var model connectorModel
	response.Diagnostics.Append(request.Plan.Get(ctx, &model)...)
	if response.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	name := model.Name.ValueString()
	if err := r.client.create(ctx, name, model.payload()); err != nil {
		response.Diagnostics.AddError("Could not create connector "+name, err.Error())
		return
	}
	r.looks.changed()
	// Kept whatever comes: it exists now.
	model.ID = types.StringValue(name)
	model.sees(&connector{Status: "UNKNOWN"})
	response.Diagnostics.Append(response.State.Set(ctx, &model)...)
	r.settle(ctx, &model, &response.Diagnostics)
	response.Diagnostics.Append(response.State.Set(ctx, &model)...)
}

func (r *connectorResource) Read(ctx context.Context, request resource.ReadRequest, response *resource.ReadResponse) {
	var model connectorModel
	response.Diagnostics.Append(request.State.Get(ctx, &model)...)
	if response.Diagnostics.HasError() {
		return
	}
	found, err := r.looks.read(ctx, model.ID.ValueString())
	if isNotFound(err) {
		response.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		response.Diagnostics.AddError("Could not read connector "+model.ID.ValueString(), err.Error())
		return
	}
	model.Name = model.ID
	model.sees(found)
	model.drifts(found)
	response.Diagnostics.Append(response.State.Set(ctx, &model)...)
}

func (r *connectorResource) Update(ctx context.Context, request resource.UpdateRequest, response *resource.UpdateResponse) {
	var model connectorModel
	response.Diagnostics.Append(request.Plan.Get(ctx, &model)...)
	if response.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	name := model.Name.ValueString()
	if err := r.client.edit(ctx, name, model.payload()); err != nil {
		response.Diagnostics.AddError("Could not update connector "+name, err.Error())
		return
	}
	r.looks.changed()
	r.settle(ctx, &model, &response.Diagnostics)
	if !response.Diagnostics.HasError() {
		response.Diagnostics.Append(response.State.Set(ctx, &model)...)
	}
}

func (r *connectorResource) Delete(ctx context.Context, request resource.DeleteRequest, response *resource.DeleteResponse) {
	var model connectorModel
	response.Diagnostics.Append(request.State.Get(ctx, &model)...)
	if response.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	name := model.ID.ValueString()
	if err := r.remove(ctx, name); err != nil && !isNotFound(err) {
		response.Diagnostics.AddError("Could not delete connector "+name, err.Error())
	}
}

func (r *connectorResource) ImportState(ctx context.Context, request resource.ImportStateRequest, response *resource.ImportStateResponse) {
	resource.ImportStatePassthroughID(ctx, path.Root("id"), request, response)
}

// remove stops it first: the service deletes none that runs.
func (r *connectorResource) remove(ctx context.Context, name string) error {
	if err := r.client.stop(ctx, name); err != nil {
		return err
	}
	r.looks.changed()
	if _, err := r.looks.await(ctx, name, "STOPPED"); err != nil {
		return err
	}
	return r.client.delete(ctx, name)
}

// settle waits until the connector runs.
func (r *connectorResource) settle(ctx context.Context, model *connectorModel, diagnostics *diag.Diagnostics) {
	found, err := r.looks.await(ctx, model.Name.ValueString(), "RUNNING")
	if err != nil {
		diagnostics.AddError("Connector "+model.Name.ValueString()+" did not start", err.Error())
		return
	}
	model.sees(found)
}
