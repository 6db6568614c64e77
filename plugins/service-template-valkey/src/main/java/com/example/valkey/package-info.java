/** An example plugin: a service template. */
@NullMarked
package com.example.valkey;

import org.jspecify.annotations.NullMarked;
