/**
 * The services that run in containers: backups of them, taken, checked, handed over and brought
 * back, and their certificates. Backups lie in the agent's own folder; nothing of one is ever held
 * in memory as a whole.
 */
@NullMarked
package dev.slipway.agent.service;

import org.jspecify.annotations.NullMarked;
