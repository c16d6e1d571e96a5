import "./leave";
import "./help";
import "./sample";
import "./first";
import "./practice";
import "./sitting/sitting";
