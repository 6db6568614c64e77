/** What a plugin's author does without a platform: keys and signatures. */
@NullMarked
package dev.slipway.cli.plugin;

import org.jspecify.annotations.NullMarked;
