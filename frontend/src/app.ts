import "./leave";
import "./help";
