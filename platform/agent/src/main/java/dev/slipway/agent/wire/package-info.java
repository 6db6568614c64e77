/**
 * The gRPC side: one channel, the command stream with its results, heartbeats and log pushes. It
 * knows the contract's messages and nothing of what a command does.
 */
@NullMarked
package dev.slipway.agent.wire;

import org.jspecify.annotations.NullMarked;
