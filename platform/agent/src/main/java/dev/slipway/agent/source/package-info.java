/**
 * Source trees: cloning with git, the temporary clone directories, and the detection of what kind
 * of app a tree holds.
 */
@NullMarked
package dev.slipway.agent.source;

import org.jspecify.annotations.NullMarked;
