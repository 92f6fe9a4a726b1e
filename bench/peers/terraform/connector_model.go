package main

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func (*connectorResource) Schema(_ context.Context, _ resource.SchemaRequest, response *resource.SchemaResponse) {
	kept := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
	credential := schema.StringAttribute{Required: true, Sensitive: true}
	response.Schema = schema.Schema{
		Description: "A hosted dataspace connector.",
		Attributes: map[string]schema.Attribute{
			"id":           schema.StringAttribute{Computed: true, PlanModifiers: kept},
			"name":         schema.StringAttribute{Required: true, PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()}},
			"status":       schema.StringAttribute{Computed: true},
			"bpn":          schema.StringAttribute{Computed: true, PlanModifiers: kept},
			"storage_type": schema.StringAttribute{Computed: true},
			"amazon_s3": schema.SingleNestedAttribute{
				Optional: true,
				Attributes: map[string]schema.Attribute{
					"bucket_name":             schema.StringAttribute{Required: true},
					"region":                  schema.StringAttribute{Optional: true},
					"endpoint_override":       schema.StringAttribute{Optional: true},
					"access_key_id_read":      credential,
					"secret_access_key_read":  credential,
					"access_key_id_write":     credential,
					"secret_access_key_write": credential,
				},
			},
		},
	}
}

// payload is the whole configuration: an edit replaces all of it.
func (m *connectorModel) payload() map[string]string {
	payload := map[string]string{}
	if m.AmazonS3 == nil {
		return payload
	}
	for field, value := range map[string]types.String{
		"bucketName":           m.AmazonS3.BucketName,
		"region":               m.AmazonS3.Region,
		"endpointOverride":     m.AmazonS3.EndpointOverride,
		"accessKeyIdRead":      m.AmazonS3.AccessKeyIDRead,
		"secretAccessKeyRead":  m.AmazonS3.SecretAccessKeyRead,
		"accessKeyIdWrite":     m.AmazonS3.AccessKeyIDWrite,
		"secretAccessKeyWrite": m.AmazonS3.SecretAccessKeyWrite,
	} {
		if !value.IsNull() {
			payload[field] = value.ValueString()
		}
	}
	return payload
}

// sees takes over what the service alone decides.
func (m *connectorModel) sees(found *connector) {
	m.Status = types.StringValue(found.Status)
	m.StorageType = types.StringValue(found.StorageType)
	if m.BPN.IsUnknown() || found.BPN != "" {
		m.BPN = types.StringValue(found.BPN)
	}
}

// drifts takes over the plain fields that the service shows; it never shows credentials.
func (m *connectorModel) drifts(found *connector) {
	if m.AmazonS3 == nil {
		return
	}
	for _, each := range []struct {
		shown string
		field *types.String
	}{
		{found.BucketName, &m.AmazonS3.BucketName},
		{found.Region, &m.AmazonS3.Region},
		{found.EndpointOverride, &m.AmazonS3.EndpointOverride},
	} {
		if each.shown != "" {
			*each.field = types.StringValue(each.shown)
		}
	}
}
