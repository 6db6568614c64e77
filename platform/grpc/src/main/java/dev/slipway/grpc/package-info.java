/**
 * The gRPC listener for agents and clients. Any bundle that registers an {@code
 * io.grpc.BindableService} as an OSGi service is served as long as it is registered; when it goes,
 * its open calls end with UNAVAILABLE and all others go on.
 *
 * <p>A service whose methods are marked with {@link dev.slipway.api.rest.Op} is for clients: they
 * come with the credentials of the REST API, and what the mark says applies. Each of their calls
 * has a thread that may block, also in sending, until the client has taken what it was sent. A
 * service without marks, as that for agents, asks its callers who they are by itself.
 *
 * <p>The listener speaks to agents that nobody here can change, so it keeps to what they need:
 * response headers are sent at once on streams, pings every 20 s are welcome, messages may have 30
 * MiB, error texts stay below 1 KiB.
 */
@NullMarked
package dev.slipway.grpc;

import org.jspecify.annotations.NullMarked;
