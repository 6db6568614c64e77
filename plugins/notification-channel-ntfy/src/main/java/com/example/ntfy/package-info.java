/** An example plugin: a notification channel. */
@NullMarked
package com.example.ntfy;

import org.jspecify.annotations.NullMarked;
