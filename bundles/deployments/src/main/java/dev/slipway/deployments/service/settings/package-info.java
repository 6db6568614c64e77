/** How an app is deployed where nobody says otherwise, and whether it could be deployed now. */
@NullMarked
package dev.slipway.deployments.service.settings;

import org.jspecify.annotations.NullMarked;
