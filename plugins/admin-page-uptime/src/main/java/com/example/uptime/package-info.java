/** An example plugin: a page of the console. */
@NullMarked
package com.example.uptime;

import org.jspecify.annotations.NullMarked;
