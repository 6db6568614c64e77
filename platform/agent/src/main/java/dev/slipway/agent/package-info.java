/**
 * The reference agent: a program of its own that dials out to a control plane, carries out its
 * commands on this server and tells how the server is. This package holds the start; each part has
 * a package below.
 */
@NullMarked
package dev.slipway.agent;

import org.jspecify.annotations.NullMarked;
