/** The page for people, on the main port: what the endpoints show and take, as HTML and forms. */
@NullMarked
package io.celonamdm.operations.page;

import org.jspecify.annotations.NullMarked;
