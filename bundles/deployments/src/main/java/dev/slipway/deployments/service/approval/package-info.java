/** What people decide about deployments that wait, and the policies that make them wait. */
@NullMarked
package dev.slipway.deployments.service.approval;

import org.jspecify.annotations.NullMarked;
