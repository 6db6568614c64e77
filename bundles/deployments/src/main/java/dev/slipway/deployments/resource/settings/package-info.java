/** Operations on deployment settings, in parts and in the file of an app. */
@NullMarked
package dev.slipway.deployments.resource.settings;

import org.jspecify.annotations.NullMarked;
