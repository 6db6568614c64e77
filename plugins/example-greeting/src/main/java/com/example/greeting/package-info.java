/** An example plugin: a resource, an event listener, a job, settings and a table of its own. */
@NullMarked
package com.example.greeting;

import org.jspecify.annotations.NullMarked;
