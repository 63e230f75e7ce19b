namespace KioskLink.Sip2.Server;

/// <summary>What happened on a connection that an operator may want to know.</summary>
public enum SessionEvent
{
    /// <summary>Nothing of note.</summary>
    None = 0,

    /// <summary>A machine has connected.</summary>
    Connected,

    /// <summary>A machine has gone.</summary>
    Disconnected,

    /// <summary>Refused: it comes from outside the network of the machines.</summary>
    ForeignSource,

    /// <summary>Refused: too many connections in all.</summary>
    TooManyConnections,

    /// <summary>Refused: too many connections from one address.</summary>
    TooManyFromSource,

    /// <summary>Refused: too many connections of one login.</summary>
    TooManyOfLogin,

    /// <summary>Closed to make room: it had not logged in, and too many others had not either.</summary>
    TooManyWithoutLogin,

    /// <summary>A machine has logged in.</summary>
    LoggedIn,

    /// <summary>A login was refused.</summary>
    LoginRefused,

    /// <summary>Closed: too many logins were refused.</summary>
    TooManyLogins,

    /// <summary>Closed or ignored: a request came before a login.</summary>
    NotLoggedIn,

    /// <summary>Closed: no login came in time.</summary>
    NoLoginInTime,

    /// <summary>Closed: nothing came for too long.</summary>
    Idle,

    /// <summary>Closed: a message did not end in time.</summary>
    MessageTooSlow,

    /// <summary>Closed: the machine did not take its answer in time.</summary>
    AnswerNotTaken,

    /// <summary>Closed: a message was too long, or had too many or too long fields.</summary>
    TooLong,

    /// <summary>Closed: half messages of all connections take too much memory, and this one holds a large one.</summary>
    TooMuchHalf,

    /// <summary>A message was damaged; it was asked for again.</summary>
    Damaged,

    /// <summary>A command that SIP2 does not know.</summary>
    UnknownCommand,

    /// <summary>The last answer was sent again; nothing was done twice.</summary>
    SentAgain,

    /// <summary>Who answers has failed or was too slow; the machine was told that it is not possible now.</summary>
    AnswerFailed,

    /// <summary>The encryption of a connection was not agreed upon.</summary>
    NotEncrypted,

    /// <summary>The connection broke.</summary>
    Broken,
}
