/** The page for people, on the main port: the endpoints' content and actions as HTML and forms. */
@NullMarked
package io.celonamdm.operations.page;

import org.jspecify.annotations.NullMarked;
