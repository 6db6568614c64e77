/**
 * Processes and files of the host: /proc, process groups, child processes with a time limit, atomic
 * writes. Everything Linux-specific that is not a metric stands here.
 */
@NullMarked
package dev.slipway.agent.os;

import org.jspecify.annotations.NullMarked;
