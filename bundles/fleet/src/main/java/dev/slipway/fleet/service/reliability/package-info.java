/** Whether a server is fit to be relied on: checks of its names, its clock and its resources. */
@NullMarked
package dev.slipway.fleet.service.reliability;

import org.jspecify.annotations.NullMarked;
