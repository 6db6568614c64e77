/**
 * Carries plans out step by step. Everything it knows is in rows, so that any node can go on after
 * any crash; events only make it quick, a sweep makes it certain.
 */
@NullMarked
package dev.slipway.deployments.engine;

import org.jspecify.annotations.NullMarked;
