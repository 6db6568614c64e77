/** Stand-ins for the platform's bundles, packed into jars by the launcher's tests. */
@NullMarked
package dev.slipway.launcher.toy;

import org.jspecify.annotations.NullMarked;
