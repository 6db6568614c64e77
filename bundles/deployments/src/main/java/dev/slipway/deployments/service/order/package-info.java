/**
 * What agents are told to do, in the words of their contract; the services that a Compose file
 * describes.
 */
@NullMarked
package dev.slipway.deployments.service.order;

import org.jspecify.annotations.NullMarked;
