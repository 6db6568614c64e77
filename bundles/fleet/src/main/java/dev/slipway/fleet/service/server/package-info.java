/**
 * Servers: who may do what with them, whether they are there, and which node holds their stream.
 */
@NullMarked
package dev.slipway.fleet.service.server;

import org.jspecify.annotations.NullMarked;
