package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// connector is what the service says of one.
type connector struct {
	Status           string `json:"status"`
	BPN              string `json:"bpn"`
	StorageType      string `json:"storageType"`
	BucketName       string `json:"bucketName"`
	Region           string `json:"region"`
	EndpointOverride string `json:"endpointOverride"`
}

type apiError struct {
	status int
	detail string
}

func (e *apiError) Error() string {
	return fmt.Sprintf("the service answered %d: %s", e.status, e.detail)
}

func isNotFound(err error) bool {
	var refused *apiError
	return errors.As(err, &refused) && refused.status == http.StatusNotFound
}

type client struct {
	endpoint string
	token    string
	http     *http.Client
}

func newClient(endpoint, token string) *client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	// The default keeps 2 idle connections, and would dial anew for most of many requests at once.
	transport.MaxIdleConnsPerHost = 32
	transport.MaxConnsPerHost = 32
	return &client{
		endpoint: strings.TrimRight(endpoint, "/"),
		token:    token,
		http:     &http.Client{Transport: transport, Timeout: 30 * time.Second},
	}
}

func (c *client) create(ctx context.Context, name string, payload map[string]string) error {
	return c.call(ctx, http.MethodPost, pathOf(name), payload, nil)
}

func (c *client) edit(ctx context.Context, name string, payload map[string]string) error {
	return c.call(ctx, http.MethodPut, pathOf(name), payload, nil)
}

func (c *client) stop(ctx context.Context, name string) error {
	return c.call(ctx, http.MethodGet, pathOf(name)+"/stop", nil, nil)
}

func (c *client) delete(ctx context.Context, name string) error {
	return c.call(ctx, http.MethodDelete, pathOf(name), nil, nil)
}

func (c *client) get(ctx context.Context, name string) (*connector, error) {
	var found connector
	if err := c.call(ctx, http.MethodGet, pathOf(name), nil, &found); err != nil {
		return nil, err
	}
	return &found, nil
}

func (c *client) list(ctx context.Context) (map[string]*connector, error) {
	found := map[string]*connector{}
	return found, c.call(ctx, http.MethodGet, "/connectors", nil, &found)
}

func pathOf(name string) string { return "/connectors/" + url.PathEscape(name) }

func (c *client) call(ctx context.Context, method, path string, payload any, answer any) error {
	var body io.Reader
	if payload != nil {
		text, err := json.Marshal(payload)
		if err != nil {
			return err
		}
		body = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(ctx, method, c.endpoint+path, body)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+c.token)
	request.Header.Set("Content-Type", "application/json")
	response, err := c.http.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, 32<<20))
	if err != nil {
		return err
	}
	if response.StatusCode >= 300 {
		return &apiError{status: response.StatusCode, detail: string(text[:min(len(text), 300)])}
	}
	if answer == nil {
		return nil
	}
	return json.Unmarshal(text, answer)
}
