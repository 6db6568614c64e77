/**
 * The gRPC listener for agents and clients. Any bundle that registers an {@code
 * io.grpc.BindableService} as an OSGi service is served as long as it is registered; when it goes,
 * its open calls end with UNAVAILABLE and all others go on.
 *
 * <p>The listener speaks to agents that nobody here can change, so it keeps to what they need:
 * response headers are sent at once on streams, pings every 20 s are welcome, messages may have 30
 * MiB, error texts stay below 1 KiB.
 */
@NullMarked
package dev.slipway.grpc;

import org.jspecify.annotations.NullMarked;
