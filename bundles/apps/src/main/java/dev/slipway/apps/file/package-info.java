/** The file that describes an app: read, compared with what is, and applied. */
@NullMarked
package dev.slipway.apps.file;

import org.jspecify.annotations.NullMarked;
