/**
 * Variables of projects, apps and environments: layered, sealed, read by those who may, with all
 * their versions.
 */
@NullMarked
package dev.slipway.apps.service.variable;

import org.jspecify.annotations.NullMarked;
