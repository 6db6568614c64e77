/**
 * The built distribution, driven as a user drives it: by its start script, its client and HTTP.
 * Every test has data folders and ports of its own.
 */
@NullMarked
package dev.slipway.dist;

import org.jspecify.annotations.NullMarked;
