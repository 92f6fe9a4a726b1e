package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// listAge is how old a list may be to answer one more read.
const listAge = time.Second

// listLooks asks once for all: one list a tick answers everybody who waits, and the reads of a moment share one.
type listLooks struct {
	client *client

	mu      sync.Mutex
	waiters map[*waiter]struct{}
	ticking bool
	pause   time.Duration

	reading sync.Mutex
	seen    map[string]*connector
	seenAt  time.Time
	changes time.Time
}

type waiter struct {
	name   string
	status string
	last   string
	done   chan answer
}

type answer struct {
	found *connector
	err   error
}

func newListLooks(client *client) *listLooks {
	return &listLooks{client: client, waiters: map[*waiter]struct{}{}, pause: firstPause}
}

func (l *listLooks) changed() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.changes = time.Now()
	l.pause = firstPause
}

func (l *listLooks) read(ctx context.Context, name string) (*connector, error) {
	seen, err := l.shared(ctx)
	if err != nil {
		return nil, err
	}
	if found := seen[name]; found != nil {
		return found, nil
	}
	return l.client.get(ctx, name)
}

// shared gives a list that is young enough, and that no change of ours has outdated.
func (l *listLooks) shared(ctx context.Context) (map[string]*connector, error) {
	l.reading.Lock()
	defer l.reading.Unlock()
	l.mu.Lock()
	changes := l.changes
	l.mu.Unlock()
	if l.seen != nil && l.seenAt.After(changes) && time.Since(l.seenAt) < listAge {
		return l.seen, nil
	}
	at := time.Now()
	seen, err := l.client.list(ctx)
	if err != nil {
		return nil, err
	}
	l.seen, l.seenAt = seen, at
	return seen, nil
}

func (l *listLooks) await(ctx context.Context, name, status string) (*connector, error) {
	own := &waiter{name: name, status: status, done: make(chan answer, 1)}
	l.mu.Lock()
	l.waiters[own] = struct{}{}
	if !l.ticking {
		l.ticking = true
		go l.tick()
	}
	l.mu.Unlock()
	select {
	case got := <-own.done:
		return got.found, got.err
	case <-ctx.Done():
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.waiters, own)
		return nil, fmt.Errorf("connector %q is still %s: %w", name, own.last, ctx.Err())
	}
}

// tick goes on while somebody waits.
func (l *listLooks) tick() {
	for {
		l.mu.Lock()
		if len(l.waiters) == 0 {
			l.ticking = false
			l.mu.Unlock()
			return
		}
		pause := l.pause
		l.pause = longer(pause)
		l.mu.Unlock()
		time.Sleep(jittered(pause))
		// Who begins to wait after this moment may have changed something that the list doesn't show.
		l.mu.Lock()
		asked := make([]*waiter, 0, len(l.waiters))
		for each := range l.waiters {
			asked = append(asked, each)
		}
		l.mu.Unlock()
		seen, err := l.client.list(context.Background())
		l.answer(asked, seen, err)
	}
}

func (l *listLooks) answer(asked []*waiter, seen map[string]*connector, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, each := range asked {
		if _, waits := l.waiters[each]; !waits {
			continue
		}
		found, trouble := seen[each.name], err
		done := false
		if trouble == nil {
			done, trouble = arrived(each.name, found, each.status)
		}
		if found != nil {
			each.last = found.Status
		}
		if !done && trouble == nil {
			continue
		}
		delete(l.waiters, each)
		each.done <- answer{found, trouble}
	}
}
