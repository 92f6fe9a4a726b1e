package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"
)

const (
	firstPause = 250 * time.Millisecond
	maxPause   = 5 * time.Second
)

// looks is how the provider sees what the service has: by itself for each connector, by one list for all, or not at all.
type looks interface {
	// read gives one connector, or an error for which isNotFound holds.
	read(ctx context.Context, name string) (*connector, error)
	// await returns once the connector has the status.
	await(ctx context.Context, name, status string) (*connector, error)
	// changed says that the provider has just changed something.
	changed()
}

// session is what the resources of one run share.
type session struct {
	client *client
	looks  looks
}

// eachLooks asks for each connector by itself.
type eachLooks struct{ client *client }

func (l eachLooks) read(ctx context.Context, name string) (*connector, error) {
	return l.client.get(ctx, name)
}

func (l eachLooks) changed() {}

func (l eachLooks) await(ctx context.Context, name, status string) (*connector, error) {
	for pause := firstPause; ; pause = longer(pause) {
		found, err := l.client.get(ctx, name)
		if err != nil {
			return nil, err
		}
		if done, err := arrived(name, found, status); done || err != nil {
			return found, err
		}
		if err := sleep(ctx, jittered(pause)); err != nil {
			return nil, fmt.Errorf("connector %q is still %s: %w", name, found.Status, err)
		}
	}
}

// noLooks takes the service's word that a change has begun, as the generic REST providers do.
type noLooks struct{ client *client }

func (l noLooks) read(ctx context.Context, name string) (*connector, error) {
	return l.client.get(ctx, name)
}

func (l noLooks) changed() {}

func (l noLooks) await(_ context.Context, _, status string) (*connector, error) {
	return &connector{Status: status}, nil
}

// arrived is true at the wanted status, and an error where it can't come any more.
func arrived(name string, found *connector, status string) (bool, error) {
	if found == nil {
		return false, &apiError{status: http.StatusNotFound, detail: fmt.Sprintf("connector %s not found", name)}
	}
	if found.Status == status {
		return true, nil
	}
	if found.Status == "FAILED" || found.Status == "ERROR" {
		return false, fmt.Errorf("connector %q is %s", name, found.Status)
	}
	return false, nil
}

func longer(pause time.Duration) time.Duration { return min(pause*3/2, maxPause) }

func jittered(pause time.Duration) time.Duration {
	return time.Duration(float64(pause) * (0.9 + rand.Float64()/5))
}

func sleep(ctx context.Context, pause time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(pause):
		return nil
	}
}
