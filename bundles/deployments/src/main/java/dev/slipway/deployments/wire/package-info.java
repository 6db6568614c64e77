/** The clients' side of gRPC: what they call, and the messages of that contract. */
@NullMarked
package dev.slipway.deployments.wire;

import org.jspecify.annotations.NullMarked;
