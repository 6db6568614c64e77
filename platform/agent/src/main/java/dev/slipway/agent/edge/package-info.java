/**
 * The built-in reverse proxy: host name and path routes to instances of this server, HTTP/1.1 and
 * WebSocket. It listens for untrusted clients: every length, count and wait in it is bounded.
 */
@NullMarked
package dev.slipway.agent.edge;

import org.jspecify.annotations.NullMarked;
