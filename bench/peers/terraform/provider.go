package main

import (
	"context"
	"os"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

type dataspaceProvider struct{}

type providerModel struct {
	Endpoint types.String `tfsdk:"endpoint"`
	Token    types.String `tfsdk:"token"`
	Wait     types.String `tfsdk:"wait"`
}

func newProvider() provider.Provider { return &dataspaceProvider{} }

func (*dataspaceProvider) Metadata(_ context.Context, _ provider.MetadataRequest, response *provider.MetadataResponse) {
	response.TypeName = "dataspace"
}

func (*dataspaceProvider) Schema(_ context.Context, _ provider.SchemaRequest, response *provider.SchemaResponse) {
	response.Schema = schema.Schema{
		Attributes: map[string]schema.Attribute{
			"endpoint": schema.StringAttribute{Optional: true, Description: "Base URL of the API; default: DATASPACE_ENDPOINT."},
			"token":    schema.StringAttribute{Optional: true, Sensitive: true, Description: "Bearer token; default: DATASPACE_TOKEN."},
			"wait": schema.StringAttribute{
				Optional:    true,
				Description: "How RUNNING is awaited: each (one read per connector, the default), list (one list for all), off.",
				Validators:  []validator.String{stringvalidator.OneOf("each", "list", "off")},
			},
		},
	}
}

func (*dataspaceProvider) Configure(ctx context.Context, request provider.ConfigureRequest, response *provider.ConfigureResponse) {
	var config providerModel
	response.Diagnostics.Append(request.Config.Get(ctx, &config)...)
	if response.Diagnostics.HasError() {
		return
	}
	client := newClient(valueOr(config.Endpoint, "DATASPACE_ENDPOINT"), valueOr(config.Token, "DATASPACE_TOKEN"))
	if client.endpoint == "" || client.token == "" {
		response.Diagnostics.AddError("Endpoint and token are needed", "Set them in the provider's block, or DATASPACE_ENDPOINT and DATASPACE_TOKEN.")
		return
	}
	switch config.Wait.ValueString() {
	case "list":
		response.ResourceData = &session{client: client, looks: newListLooks(client)}
	case "off":
		response.ResourceData = &session{client: client, looks: noLooks{client}}
	default:
		response.ResourceData = &session{client: client, looks: eachLooks{client}}
	}
}

func (*dataspaceProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{newConnectorResource}
}

func (*dataspaceProvider) DataSources(context.Context) []func() datasource.DataSource { return nil }

func valueOr(value types.String, variable string) string {
	if value.IsNull() || value.IsUnknown() {
		return os.Getenv(variable)
	}
	return value.ValueString()
}
