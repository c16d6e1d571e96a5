// What must work before everything else and without it: leaving, and covering a page. It is a
// script of its own, read before the page is drawn; nothing that fails elsewhere reaches it.
import "./leave";
import "./cover";
