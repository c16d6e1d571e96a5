import "./help";
import "./sample";
import "./first";
import "./practice";
import "./checkin/checkin";
import "./sitting/sitting";
import "./write/note";
import "./worker/register";
