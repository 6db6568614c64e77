/** Source code from outside: git over HTTP, uploaded archives, the log of pushes. */
@NullMarked
package dev.slipway.deployments.resource.push;

import org.jspecify.annotations.NullMarked;
