"""Made-up names: forenames and surnames of many origins, put together at random.

No pair is meant to be anyone. Origins are mixed on purpose, so a name tells nothing of a person.
"""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


MEN = _words(
    """Aaron Abel Adeyemi Adrian Ahmet Alan Alexandru Alvin Anders Andrei Anil Antoni Arjun Arturo Asif Barnaby
    Bartosz Benedict Bilal Bogdan Callum Carlton Cedric Chidi Clive Colin Cosmin Damian Darius Darnell Declan
    Delroy Denzil Dominic Dragan Dylan Edwin Elijah Emeka Emre Errol Ethan Farid Felix Fergus Fitzroy Gareth
    Gavin Gerald Giorgio Gurpreet Habib Hakan Hamza Harvinder Hector Hugh Ibrahim Idris Ifeanyi Ivan Jamal
    Jaroslav Jermaine Joao Jonah Junaid Kamil Karim Keith Kemal Kofi Kwame Lamar Leon Leroy Liam Luca Lukasz
    Malachi Marek Mehmet Miguel Minh Mustafa Nabil Naveed Neville Nikhil Nikola Obinna Oleg Omari Owen Patrick
    Pedro Piotr Rafael Rajiv Ravi Rhys Rohan Roland Ruben Samir Selim Sergei Simon Stefan Sunil Tariq Terence
    Theo Tomasz Tunde Uche Usman Victor Viktor Vikram Wayne Winston Yaw Yusuf Zoltan"""
)

WOMEN = _words(
    """Abena Agnieszka Aisha Alina Amara Anita Bernadette Bianca Carmen Chantelle Daniela Dawn Ebony Elena Esra
    Fatou Gina Hannah Ines Jasmin Joanna Keisha Latoya Leila Lorraine Magda Marcia Meera Nadia Ngozi Oksana
    Priya Renata Rosa Ruth Samina Shanice Simone Tamara Teresa Uzma Vera Yasmin Zofia"""
)

SURNAMES = _words(
    """Abara Achebe-Lane Adair Adomako Aldous Alonso Amadi Amoako Anand Antwi Ardel Asante Atwell Aydin Balogun
    Banfield Bardhan Barrow Bassi Beaumont-Okoro Belcher Bhandal Bielak Birchall Boateng Bodnar Bonsu Borkowski
    Brannigan Brathwaite Bukhari Calloway Campos Carrow Chaudhry Chikwe Clegg Coker Colvin Constantin Corrigan
    Csaba Cuffy Danso Darko Deane Dhanjal Diallo Dimitrov Dobson Drummond Dudek Eccles Edu Eftimie Ekwueme
    Emsley Erdogdu Esposito Fadipe Fairclough Farah Fenwick Ferreira Fofana Forde Gallimore Ganesan Garrick
    Georgiou Ghani Gill Goddard Gorski Greaves Grewal Gyasi Halloran Hanley Haque Hassell Hewson Hossain Hylton
    Ibekwe Ionescu Jankowski Jaswal Jeffers Kaczmarek Kamara Kaur-Hill Kaya Kebede Keeling Kelleher Kilic
    Koroma Kowal Kruger Laidlaw Lawal Leary Lindo Lungu Madden Mahmood Malik Marczak Mbeki-Jones McCalla McGurk
    Mensah Miah Mistry Mohamud Moreau Morgado Mutasa Nagy Nair Ndlovu Nikolov Noonan Nowicki Nwosu Odell Odukoya
    Ofori Ogden Okeke Olawale Onyango Osei Ozturk Pacheco Parmar Pereira Petrescu Pinnock Popa Prempeh
    Quartey Quigley Radu Rafferty Rahimi Rampersad Ranford Rashid Reis Rixon Rooke Rowntree Sahin Salako Sandhu
    Sarpong Sesay Shergill Siddiqui Sidhu Silva Skelton Sokolov Soto Sowah Stanic Stoica Sutcliff Szabo Tahir
    Talbot-Ray Tembo Thackray Thapa Toth Traore Tull Turay Tyndall Uddin Uzun Vasile Verma Vickers Virdee Wade
    Walcott-Lee Warsame Whelan Wierzba Wojcik Yeboah Yilmaz Yiu Zaman"""
)
