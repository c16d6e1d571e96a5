import "./help";
import "./sample";
import "./first";
import "./practice";
import "./sitting/sitting";
import "./write/note";
import "./worker/register";
