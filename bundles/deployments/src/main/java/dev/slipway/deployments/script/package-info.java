/**
 * What tenants' scripts can do to apps: the same services as behind REST, with the owner's rights.
 */
@NullMarked
package dev.slipway.deployments.script;

import org.jspecify.annotations.NullMarked;
