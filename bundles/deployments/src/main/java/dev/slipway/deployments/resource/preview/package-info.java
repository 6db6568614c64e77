/** Operations on previews and on the rules that they follow. */
@NullMarked
package dev.slipway.deployments.resource.preview;

import org.jspecify.annotations.NullMarked;
