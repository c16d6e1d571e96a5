import "./help";
import "./sample";
import "./first";
import "./practice";
import "./sitting/sitting";
import "./worker/register";
