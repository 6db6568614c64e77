/** Apps as files: the operations, and the parts of a file that this feature knows. */
@NullMarked
package dev.slipway.apps.resource.file;

import org.jspecify.annotations.NullMarked;
