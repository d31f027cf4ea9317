"""Plain questions: read by a grammar into a query that is shown and can be changed, answered by what print says, or 查无记载.

    query      what is asked, as fields
    reading    from the words of a question to a query
    matching   which accounts speak of a subject, a person, a time
    answering  from a query to a sentence, a table and the passages
"""

from yuebao.ask.questions.answering import Passage, QuestionAnswer, answer
from yuebao.ask.questions.query import FORMS, Query, examples
from yuebao.ask.questions.reading import question, read_question

__all__ = ["FORMS", "Passage", "Query", "QuestionAnswer", "answer", "examples", "question", "read_question"]
