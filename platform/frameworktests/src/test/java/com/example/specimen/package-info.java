/** Parts of plugins, good and bad, that the tests pack into jars. */
@NullMarked
package com.example.specimen;

import org.jspecify.annotations.NullMarked;
