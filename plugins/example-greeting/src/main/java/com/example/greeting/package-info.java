/**
 * An example plugin: a resource, an event listener, a job, a hook and a function for scripts,
 * settings and a table of its own.
 */
@NullMarked
package com.example.greeting;

import org.jspecify.annotations.NullMarked;
