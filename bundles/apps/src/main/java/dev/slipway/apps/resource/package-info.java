/** The REST operations of projects, apps and variables. */
@NullMarked
package dev.slipway.apps.resource;

import org.jspecify.annotations.NullMarked;
