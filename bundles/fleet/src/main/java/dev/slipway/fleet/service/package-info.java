/** Rules of servers and commands: who may become what, when, and what is said about it. */
@NullMarked
package dev.slipway.fleet.service;

import org.jspecify.annotations.NullMarked;
