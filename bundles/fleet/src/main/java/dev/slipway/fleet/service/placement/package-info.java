/** Which server an app may stand on: pools, rules, cordon and drain. */
@NullMarked
package dev.slipway.fleet.service.placement;

import org.jspecify.annotations.NullMarked;
